import COpenBLAS

/// How many threads BLAS and LAPACK use, for the whole process; 1 unless an executable says otherwise.
///
/// Parallel work is cut into replicates, files and entries: threads started beneath them would only compete with it.
public enum BLASThreads {
    /// Whether OpenBLAS is installed; without it products and factorisations end the process.
    public static let isInstalled = openblas_is_there() != 0

    /// Lets BLAS use this many threads from now on; opens the library if nothing has needed it yet.
    ///
    /// - Precondition: the count is at least 1.
    public static func use(_ count: Int) {
        precondition(count >= 1, "BLAS cannot run on \(count) threads")
        blas.set_num_threads(Int32(count))
    }
}

/// OpenBLAS on one thread, opened when the first product or factorisation asks for it.
let blas: OpenBLAS = {
    let library = openblas_open()
    library.set_num_threads(1)
    return library
}()
