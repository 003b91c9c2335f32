internal import CSQLite

extension Statement {
    /// Adds the row's values, each with its type and its length: no two rows that differ look alike.
    package func appendContents(to bytes: inout [UInt8]) {
        for column in 0..<columnCount {
            let type = columnType(column)
            bytes.append(UInt8(truncatingIfNeeded: type))
            switch type {
            case SQLITE_INTEGER: append(UInt64(bitPattern: int64(column)), to: &bytes)
            case SQLITE_FLOAT: append(double(column).bitPattern, to: &bytes)
            case SQLITE_TEXT: withText(column) { append($0, to: &bytes) }
            case SQLITE_BLOB: withBytes(column) { append($0, to: &bytes) }
            default: break
            }
        }
    }

    private func append(_ value: UInt64, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private func append(_ value: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        append(UInt64(value.count), to: &bytes)
        bytes.append(contentsOf: value)
    }
}
