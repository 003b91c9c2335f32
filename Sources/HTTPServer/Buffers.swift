import Glibc
import HTTP

/// The bytes that a client sent and nobody has read yet.
struct InputBuffer: ~Copyable {
    static let bytesAtFirst = 16_384

    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var start = 0
    private var end = 0

    init() {
        capacity = Self.bytesAtFirst
        memory = .allocate(capacity: capacity)
    }

    deinit { memory.deallocate() }

    var isEmpty: Bool { start == end }
    var isGrown: Bool { capacity > Self.bytesAtFirst }

    /// What is there, for as long as nothing is added.
    borrowing func with<Answer>(_ body: (Span<UInt8>) -> Answer) -> Answer {
        body(UnsafeBufferPointer(start: memory + start, count: end - start).span)
    }

    mutating func consume(_ count: Int) {
        start += count
        if start == end { clear() }
    }

    mutating func clear() {
        start = 0
        end = 0
    }

    /// Reads what the socket has, at most up to `bytesMax` in the buffer; what `recv` says, and whether it had room.
    mutating func receive(_ descriptor: Int32, bytesMax: Int) -> (count: Int, hadMoreRoom: Bool) {
        if start > 0 {
            memory.update(from: memory + start, count: end - start)
            end -= start
            start = 0
        }
        if end == capacity, capacity < bytesMax { grow(to: bytesMax) }
        let room = capacity - end
        let count = recv(descriptor, memory + end, room, 0)
        if count > 0 { end += count }
        return (count, count < room)
    }

    private mutating func grow(to bytes: Int) {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes)
        larger.update(from: memory, count: end)
        memory.deallocate()
        memory = larger
        capacity = bytes
    }
}

/// What a connection needs while a request is under way, and lends back to its loop while it is idle.
final class Buffers {
    /// Of an answer that the kernel has not taken, what the log will be told.
    struct Unreported {
        let requestID: UInt64
        let method: Method?
        let route: String
        let status: Int
        let bytes: Int
        let start: UInt64
    }

    static let keptBytesMax = 65_536

    var input = InputBuffer()
    var parser: RequestParser
    var output: [UInt8] = []
    /// Of the output, what the kernel has taken.
    var sent = 0
    var unreported: [Unreported] = []

    init(_ limits: RequestLimits) {
        parser = RequestParser(limits: limits)
    }

    /// Ready for another connection; false if it grew so large that it is better forgotten.
    func isReusable() -> Bool {
        // After an answer it is ready already.
        if !parser.isFresh { parser.reset() }
        input.clear()
        output.removeAll(keepingCapacity: true)
        sent = 0
        unreported.removeAll(keepingCapacity: true)
        return !input.isGrown && output.capacity <= Self.keptBytesMax
            && parser.request.body.capacity <= Self.keptBytesMax
    }

    /// Reads on in the head; what a whole head took is gone from the input.
    func readHead() -> RequestParser.Progress {
        let progress = input.with { parser.read($0) }
        if case .complete(let length) = progress { input.consume(length) }
        return progress
    }

    /// Moves bytes of a body of known length; how many.
    func takeBody(atMost count: Int) -> Int {
        let taken = input.with { bytes in
            let taken = min(count, bytes.count)
            bytes.extracting(0..<taken).withUnsafeBufferPointer { parser.request.body.append(contentsOf: $0) }
            return taken
        }
        input.consume(taken)
        return taken
    }

    func takeChunks(_ decoder: inout ChunkedBody) -> ChunkedBody.Progress {
        var position = 0
        let progress = input.with { decoder.read($0, at: &position, into: &parser.request.body) }
        input.consume(position)
        return progress
    }
}
