package import HMIS

/// Why no report can be made of an export.
package enum LSAInputError: Error, Hashable, Sendable {
    /// One of the files without which nobody can be counted.
    case fileMissing(HMISFile)
    /// A column without which the file says too little.
    case columnMissing(HMISFile, column: String)
}
