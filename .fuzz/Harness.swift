import CHeap

/// Of how many inputs one is looked at for growth: to ask the heap takes longer than to read most inputs.
private let growthEvery = 128

// libFuzzer calls from one thread.
nonisolated(unsafe) private var calls = 0

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func takeInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    check(bytes)
    calls &+= 1
    if calls % growthEvery == 0 { demandNoGrowth(bytes) }
    return 0
}

/// What an input leaves behind in the heap it may leave once, as tables made at first need; not every time.
private func demandNoGrowth(_ bytes: [UInt8]) {
    var growths = 0
    for _ in 0..<8 {
        let before = mallinfo2().uordblks
        check(bytes)
        guard mallinfo2().uordblks > before else { return }
        growths += 1
    }
    demand(growths < 8, "the same input leaves more in the heap each time")
}

/// Ends the program, which makes libFuzzer keep the input.
func demand(_ holds: @autoclosure () -> Bool, _ what: @autoclosure () -> String) {
    if !holds() { fatalError(what()) }
}

/// An input: the first byte says how many cuts, the bytes after it how far apart they are, and the rest is the message.
///
/// So that seeds can be written by hand, `0` is no cut and the usual limits, `8` no cut and narrow ones.
struct Message {
    let bytes: [UInt8]
    /// The ends of the pieces, ascending; the last is the end of the bytes.
    let pieces: [Int]
    let isNarrow: Bool
    /// Two more choices for whoever has some.
    let choice: Int

    init(_ input: [UInt8]) {
        let first = input.first ?? 0
        let count = min(Int(first & 7), max(input.count - 1, 0))
        let gaps = input.dropFirst().prefix(count)
        bytes = Array(input.dropFirst(1 + count))
        isNarrow = first & 8 != 0
        choice = Int(first >> 6)
        var ends: [Int] = []
        for gap in gaps { ends.append(min((ends.last ?? 0) + Int(gap), bytes.count)) }
        pieces = ends + [bytes.count]
    }

    /// The ends of pieces of one byte each.
    var singleBytes: [Int] { Array(0...bytes.count) }
}
