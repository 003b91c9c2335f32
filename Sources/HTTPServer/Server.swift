/// Placeholder.
package struct ServerLimits: Sendable { package init() {} }
