import ShippedConfig

/// The documents of the shipped policies.
enum PolicyText {
    static func of(_ template: String) -> String? { PolicyDocument.template(template) }
}
