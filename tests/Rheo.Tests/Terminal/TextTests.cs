using Xunit;

namespace Rheo.Tests.Terminal;

public sealed class TextTests
{
    [Theory]
    [InlineData("eth0", "eth0")]
    [InlineData("naïve 文 🙂", "naïve 文 🙂")]
    [InlineData("a\nb", "a\\x0ab")]
    [InlineData("\e[31m", "\\x1b[31m")]
    [InlineData("\u009b31m", "\\x9b31m")]
    [InlineData("a\u202eb", "a\\u{202e}b")]
    [InlineData("a\u200bb", "a\\u{200b}b")]
    [InlineData("a\u2028b", "a\\u{2028}b")]
    [InlineData("", "")]
    [InlineData(@"C:\x1b", @"C:\x1b")] // a backslash stays: printing twice changes nothing
    public void WhatCouldSteerATerminalIsEscaped(string text, string expected) => Assert.Equal(expected, Text.Printable(text));

    [Fact]
    public void HalfACharacterIsEscaped() => Assert.Equal("a\\u{d800}b", Text.Printable("a\ud800b"));
}
