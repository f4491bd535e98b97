import Testing

@testable import Evenhand

@Suite struct AppearanceTests {
    static let none = Performance.noOrder
    static let statements: [(stated: [Int32], position: Int32)] = [
        ([3], 3), ([3, 3, 3], 3), ([3, 4], none), ([3, 4, 3], none), ([none, 3], none), ([3, none], none), ([], none),
    ]

    @Test(arguments: statements) func `scores that state different positions leave none`(stated: [Int32], position: Int32) {
        var appearance = Appearance()
        for own in stated { appearance.add(own) }
        #expect(appearance.position == position)
    }
}
