extension RandomStream {
    /// A χ² number with the given degrees of freedom, which must be positive: the mean is `freedom`, the variance twice that.
    ///
    /// Twice a gamma number of shape `freedom`/2, by squeezing a cubed normal; below two degrees of freedom by a power of a uniform number.
    ///
    /// Source: Marsaglia and Tsang, *A simple method for generating gamma variables*, ACM Transactions on Mathematical Software 26 (2000),
    /// 363–372.
    public mutating func chiSquared(_ freedom: Double) -> Double {
        precondition(freedom > 0, "a χ² number needs positive degrees of freedom, not \(freedom)")
        let shape = freedom / 2
        guard shape >= 1 else {
            let larger = chiSquared(freedom + 2)
            return larger * exponential(naturalLogarithm(1 - uniform()) / shape)
        }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            let u = 1 - uniform()
            let square = x * x
            if u < 1 - 0.0331 * square * square { return 2 * d * v }
            if naturalLogarithm(u) < square / 2 + d * (1 - v + naturalLogarithm(v)) { return 2 * d * v }
        }
    }
}
