extension Setting {
    /// When copies are made, and for whom.
    static let backups: [Setting] = [
        number(
            "backup.minutes", "minutes", 15, in: 0...10_080,
            "Minutes between two backups, made if anything has changed; 0: only those that are asked for."
        ) { $0.backupMinutes = $1 },
        Setting(
            name: "backup.recipient", unit: "", defaultValue: "",
            meaning: "The age or SSH key for which backups are encrypted; empty: they are as clear as the record."
        ) { settings, text in
            settings.backupRecipient = text.isEmpty ? nil : text
            return text.isEmpty || ServeSettings.isRecipient(text)
        },
    ]
}
