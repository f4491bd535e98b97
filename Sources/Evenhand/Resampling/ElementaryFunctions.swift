// The C library's functions, brought in by one file: the module is named differently on each platform.
#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

func naturalLogarithm(_ x: Double) -> Double { log(x) }

func exponential(_ x: Double) -> Double { exp(x) }

func cubeRoot(_ x: Double) -> Double { cbrt(x) }
