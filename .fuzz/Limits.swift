@testable import HTTP

extension RequestLimits {
    /// The usual ones, or so narrow that a short input meets them all.
    init(isNarrow: Bool, hosts: [String]?) {
        self.init()
        allowedHosts = hosts
        guard isNarrow else { return }
        requestLineBytesMax = 48
        fieldLineBytesMax = 40
        fieldSectionBytesMax = 96
        fieldsMax = 4
        chunkExtensionBytesMax = 8
        chunkExtensionsBytesMax = 16
        chunkOverheadBytesMax = 24
    }
}
