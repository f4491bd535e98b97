import Foundation
import TestSupport
import Testing

@testable import EvenhandCommand

@Suite struct CompletionTests {
    @Test func `whatever takes a file or a directory completes its name`() throws {
        for command in try CommandHelp.commands() {
            for argument in command.arguments ?? [] {
                let what = "\(command.commandName) \(argument.words.first ?? argument.valueName)"
                let takesFile = argument.kind == "positional" || argument.valueName == "file"
                #expect((argument.completionKind?.completesFiles ?? false) == takesFile, "\(what)")
                #expect((argument.completionKind?.completesDirectories ?? false) == (argument.valueName == "dir"), "\(what)")
            }
        }
    }

    @Test(arguments: [
        "check Data/quickstart.csv", "normalize Data/quickstart.csv", "judges Data/quickstart.csv",
        "rank Data/diving/scores.csv --rule Data/diving/rule.json --verify Data/diving/published.csv",
        "groups Data/zhejiang-2022/scores.csv --entries Data/zhejiang-2022/entries.csv --by sector",
        "finals Data/zhejiang-2022/scores.csv --places 10 --lottery snsf",
    ])
    func `the tables of a command are offered for --table`(line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let answer = try CommandRun(words + ["--format", "json"])
        let object = try #require(try JSONSerialization.jsonObject(with: answer.outputBytes) as? [String: Any])
        let printed = try #require(object["tables"] as? [String: Any]).keys.map { String($0.prefix { $0 != "/" }) }
        let offered = RootCommand.tableNames(completing: ["evenhand"] + words + ["--table", ""])
        #expect(!printed.isEmpty)
        #expect(Set(printed).isSubset(of: offered), "\(printed) and \(offered)")
    }

    @Test func `every command with tables names them`() throws {
        // That of sql is a table of a database.
        let commands = try CommandHelp.commands().filter { $0.commandName != "sql" }
        for command in commands where (command.arguments ?? []).contains(where: { $0.words == ["--table"] }) {
            #expect(!RootCommand.tableNames(completing: ["evenhand", command.commandName]).isEmpty, "\(command.commandName)")
        }
        #expect(RootCommand.tableNames(completing: ["evenhand"]).isEmpty)
        #expect(RootCommand.tableNames(completing: ["evenhand", "simulate"]).isEmpty)
    }

    /// Words of a line of the shell, the last of which is completed, and what it becomes.
    private static let lines = [
        ("fi", "finals"), ("rank Data/qu", "Data/quickstart.csv"), ("judges a.csv --entries Data/qu", "Data/quickstart.csv"),
        ("replay Data/qu", "Data/quickstart.csv"), ("rank a.csv --method me", "mean median"),
    ]

    private func isThere(_ shell: String) throws -> Bool { try CommandRun(shell: "command -v \(shell)").status == 0 }

    @Test func `bash completes commands, files, values and tables`() throws {
        let script = """
            . <(evenhand --generate-completion-script bash)
            complete_line() {
              COMP_WORDS=(evenhand "$@") COMP_CWORD=$# COMP_LINE="evenhand $*" COMPREPLY=()
              COMP_POINT=${#COMP_LINE}
              _evenhand evenhand "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
              echo "${COMPREPLY[*]}"
            }

            """
        let lines = CompletionTests.lines + [("judges a.csv --table pa", "panel pairs"), ("check a.csv --table ro", "rows_left_out")]
        let directory = try TemporaryDirectory()
        try directory.write(script + lines.map { "complete_line \($0.0)\n" }.joined(), to: "complete")
        let run = try CommandRun(shell: "bash \(directory.path)/complete")
        #expect(run.lines.dropLast() == lines.map(\.1)[...], "\(run.error)")
    }

    @Test func `fish, where it is installed, completes commands, files and values`() throws {
        guard try isThere("fish") else { return }
        let directory = try TemporaryDirectory()
        let lines = CompletionTests.lines.map { "echo (complete -C 'evenhand \($0.0)' | string split -f1 \\t)\n" }.joined()
        try directory.write("evenhand --generate-completion-script fish | source\n" + lines, to: "complete")
        let run = try CommandRun(shell: "fish --no-config \(directory.path)/complete", environment: ["HOME": directory.path])
        #expect(run.lines.dropLast() == CompletionTests.lines.map(\.1)[...], "\(run.error)")
    }

    @Test func `zsh, where it is installed, completes commands, files and tables`() throws {
        guard try isThere("zsh") else { return }
        let directory = try TemporaryDirectory()
        let lines = CompletionTests.lines.dropLast() + [("finals a.csv --table inf", "influence")]
        // A terminal of its own; ^X writes the line down instead of running it.
        let script = #"""
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'PS1=; autoload -Uz compinit; compinit -u -D; eval "$(evenhand --generate-completion-script zsh)"'
            zpty -w shell 'compdef _evenhand evenhand; bindkey "^I" complete-word; bindkey "^X" show; zle -N show'
            zpty -w shell 'show() { print -r -- "$BUFFER" >>\#(directory.path)/lines; BUFFER=; }'
            complete_line() { count=$1; zpty -n -w shell "evenhand $2"$'\t\x18'; wait_for $count }
            wait_for() { for try in {1..100}; do [[ $(wc -l <\#(directory.path)/lines) -ge $1 ]] && return; sleep 0.1; done }
            : >\#(directory.path)/lines

            """#
        let typed = lines.enumerated().map { "complete_line \($0 + 1) '\($1.0)'\n" }.joined()
        try directory.write(script + typed + "zpty -d shell\n", to: "complete")
        let run = try CommandRun(shell: "zsh -f \(directory.path)/complete", environment: ["TERM": "xterm"])
        let expected = lines.map { line, word in
            "evenhand " + (line.split(separator: " ").dropLast().map(String.init) + [word]).joined(separator: " ")
        }
        let found = try directory.read("lines").split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(found == expected, "\(run.error)")
    }
}
