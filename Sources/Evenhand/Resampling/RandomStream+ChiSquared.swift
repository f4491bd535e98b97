extension RandomStream {
    /// A number of the chi-squared distribution, whose degrees of freedom are positive and need not be whole.
    ///
    /// Twice a gamma variable of shape ν/2: a cubed normal accepted with a probability above 0.95; below shape 1 that of shape + 1 times a power
    /// of a uniform number.
    ///
    /// Source: Marsaglia and Tsang, *A simple method for generating gamma variables*, ACM Transactions on Mathematical Software 26 (2000), 363–372.
    public mutating func chiSquared(degreesOfFreedom: Double) -> Double {
        precondition(
            degreesOfFreedom > 0 && degreesOfFreedom.isFinite, "there is no chi-squared number with \(degreesOfFreedom) degrees of freedom")
        let shape = degreesOfFreedom / 2
        guard shape < 1 else { return 2 * gamma(shape) }
        return 2 * gamma(shape + 1) * exponential(naturalLogarithm(1 - uniform()) / shape)
    }

    /// A gamma variable of a shape of at least 1 and scale 1.
    private mutating func gamma(_ shape: Double) -> Double {
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let t = 1 + c * x
            guard t > 0 else { continue }
            let v = t * t * t
            let u = 1 - uniform()
            if u < 1 - 0.0331 * (x * x) * (x * x) { return d * v }
            if naturalLogarithm(u) < x * x / 2 + d * (1 - v + naturalLogarithm(v)) { return d * v }
        }
    }
}
