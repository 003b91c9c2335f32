package import HTTP

/// Placeholder.
package struct ServerLimits: Sendable { package init() {} }
