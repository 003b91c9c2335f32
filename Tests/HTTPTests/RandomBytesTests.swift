import Fixtures
import HTTP
import Testing

@Suite struct `Bytes that nobody foresaw` {
    private static let heads = HeadCases.all.map(\.bytes).filter { $0.count < 1_000 }
    private static let bodies = ChunkCases.all.map { Array($0.text.utf8) }.filter { $0.count < 1_000 }

    /// A sound or unsound message with a few of its bytes changed, doubled or left out.
    private func disturbed(_ messages: [[UInt8]], _ numbers: inout SplitMix64) -> [UInt8] {
        var bytes = messages.randomElement(using: &numbers) ?? []
        for _ in 0..<Int.random(in: 0...4, using: &numbers) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &numbers)
            switch Int.random(in: 0...2, using: &numbers) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
            case 1: bytes.remove(at: place)
            default: bytes.insert(bytes[place], at: place)
            }
        }
        return bytes
    }

    private func cuts(_ count: Int, _ numbers: inout SplitMix64) -> [Int] {
        (0..<Int.random(in: 0...5, using: &numbers)).map { _ in Int.random(in: 0...count, using: &numbers) }.sorted()
    }

    @Test(arguments: UInt64(1)...20)
    func `stop nothing and read the same however they are cut`(seed: UInt64) {
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<2_000 {
            let head = disturbed(Self.heads, &numbers)
            #expect(read(head, cuts: cuts(head.count, &numbers)) == read(head))
            let body = disturbed(Self.bodies, &numbers)
            #expect(unchunk(body, cuts: cuts(body.count, &numbers)) == unchunk(body))
            let noise = (0..<Int.random(in: 0...64, using: &numbers)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
            #expect(read(noise, cuts: cuts(noise.count, &numbers)) == read(noise))
            _ = PercentEncoding.decoded(noise[...])
        }
    }
}
