import Testing
@Suite struct HostileInputTests {}
