import COpenBLAS

/// BLAS and LAPACK, which are opened when something needs them, on one thread.
///
/// Parallel work is cut into replicates, files and entries: threads started beneath them would only compete with it, and cut products
/// into other sums, with other last digits.
public enum MatrixLibrary {
    /// Whether OpenBLAS is installed; without it products and factorizations end the process.
    public static let isInstalled = openblas_is_there() != 0

    /// Opens the library, if it is installed and nothing has needed it yet.
    public static func open() { if isInstalled { _ = blas } }
}

/// OpenBLAS on one thread, opened when the first product or factorization asks for it.
let blas: OpenBLAS = {
    let library = openblas_open()
    library.set_num_threads(1)
    return library
}()
