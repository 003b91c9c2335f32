import App
import Glibc

@main
struct Main {
    static func main() {
        for path in CommandLine.arguments.dropFirst() {
            guard let file = fopen(path, "r") else { continue }
            var bytes: [UInt8] = []
            while case let c = fgetc(file), c != EOF { bytes.append(UInt8(c)) }
            do {
                let v = HistoryVerification(try HistoryFile(bytes))
                print(path, v.checks - v.misses.count, "of", v.checks)
                for m in v.misses { print("  ", m) }
            } catch { print(path, error) }
        }
    }
}
