import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How far long work has come, on standard error when that is a terminal.
final class ProgressBar: Sendable {
    private let total: Int
    private let isShown: Bool
    private let done = Mutex(0)

    private static let width = 40

    /// A bar for so many steps.
    init(total: Int) {
        self.total = total
        isShown = isatty(STDERR_FILENO) == 1
    }

    /// So many more steps are done; may be called from any thread.
    func advance(by steps: Int = 1) {
        guard isShown, total > 0 else { return }
        done.withLock { count in
            count += steps
            let filled = ProgressBar.width * min(count, total) / total
            draw(String(repeating: "█", count: filled) + String(repeating: "░", count: ProgressBar.width - filled) + " \(count)/\(total)")
        }
    }

    /// Takes the bar off the screen.
    func finish() {
        if isShown, total > 0 { draw("\u{1B}[K") }
    }

    private func draw(_ text: String) {
        let line = Array("\r\(text)\(text.hasSuffix("K") ? "" : "\u{1B}[K")".utf8)
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
