"""Assignment problems and their exact optima: writes problems.csv and pairs.csv beside this script.

python -m venv env && env/bin/pip install scipy==1.17.1 && env/bin/python plans.py

Every problem has entries that need judges, judges with least and most entries, conflicts, and a cost for each pair. The optimum is that of
the integer programme: minimise the sum of cost × x over pairs without a conflict, x ∈ {0, 1}, rows summing to the needs and columns within
the limits (scipy.optimize.milp, HiGHS). Of problems `tight…` most have no solution. Problems `keep…` cost 1 for a pair that an earlier plan does not
have, so that the optimum is the smallest number of changes. Problems `group…` need one of the first `group` judges for each entry.
"""
import csv, pathlib, random
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

here = pathlib.Path(__file__).parent
random.seed(17)

def solve(needs, least, most, cost, conflict, group=0):
    n, m = len(needs), len(least)
    rows = [np.kron(np.eye(n), np.ones(m)), np.kron(np.ones(n), np.eye(m))]
    low, high = [*needs, *least], [*needs, *most]
    if group:
        rows.append(np.kron(np.eye(n), [1.0 if j < group else 0.0 for j in range(m)]))
        low += [1] * n
        high += [m] * n
    upper = 1 - np.array(conflict, float).ravel()
    result = milp(np.array(cost, float).ravel(), constraints=LinearConstraint(np.vstack(rows), low, high),
                  integrality=np.ones(n * m), bounds=Bounds(0, upper))
    return (round(result.fun), np.rint(result.x).reshape(n, m).astype(int)) if result.status == 0 else (None, None)

problems, pairs = [], []

def add(name, needs, least, most, cost, conflict, group=0):
    best, x = solve(needs, least, most, cost, conflict, group)
    problems.append([name, len(needs), len(least), needs[0], group, " ".join(map(str, least)), " ".join(map(str, most)),
                     "infeasible" if best is None else best])
    for i in range(len(needs)):
        pairs.append([name, i, " ".join("x" if conflict[i][j] else str(cost[i][j]) for j in range(len(least)))])
    return x

def draw(n, m, k, share, slack):
    conflict = [[random.random() < share for _ in range(m)] for _ in range(n)]
    cost = [[random.randrange(0, 6) for _ in range(m)] for _ in range(n)]
    mean = n * k / m
    most = [max(1, int(mean + random.randrange(0, slack + 1))) for _ in range(m)]
    least = [int(mean * random.random() * 0.6) if random.random() < 0.3 else 0 for _ in range(m)]
    return [k] * n, [min(a, b) for a, b in zip(least, most)], most, cost, conflict

for number in range(20):
    while True:
        n, m, k = random.randrange(8, 41), random.randrange(4, 13), random.randrange(1, 4)
        drawn = draw(n, m, k, 0.4 * random.random(), 4)
        if solve(*drawn)[0] is not None:
            break
    add(f"cost{number + 1:02}", *drawn)
for number in range(12):
    n, m, k = random.randrange(6, 31), random.randrange(4, 10), random.randrange(2, 5)
    add(f"tight{number + 1:02}", *draw(n, m, k, 0.4, 1))
for number in range(10):
    n, m, k = random.randrange(6, 25), random.randrange(6, 12), random.randrange(2, 4)
    needs, least, most, cost, conflict = draw(n, m, k, 0.25 * random.random(), 3)
    add(f"group{number + 1:02}", needs, least, most, cost, conflict, m // 3 if number % 2 else m // 2)
for number in range(10):
    n, m, k = random.randrange(6, 25), random.randrange(5, 11), random.randrange(2, 4)
    needs, least, most, cost, conflict = draw(n, m, k, 0.2, 3)
    least = [0] * m
    _, before = solve(needs, least, most, cost, conflict)
    if before is None:
        continue
    # A judge drops out, and a few conflicts become known.
    gone = random.randrange(m)
    for i in range(n):
        conflict[i][gone] = True
        conflict[i][random.randrange(m)] |= random.random() < 0.2
    most = [b + 3 for b in most]
    add(f"keep{number + 1:02}", needs, least, most, [[1 - int(before[i][j]) for j in range(m)] for i in range(n)], conflict)

with open(here / "problems.csv", "w", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows([["problem", "entries", "judges", "need", "group", "least", "most", "optimum"], *problems])
with open(here / "pairs.csv", "w", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows([["problem", "entry", "costs"], *pairs])
