using Rheo.Cli;
using Xunit;

namespace Rheo.Tests.Cli;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:9460", "127.0.0.1:9460")]
    [InlineData("127.9.9.9:0", "127.9.9.9:0")]
    [InlineData("[::1]:9460", "[::1]:9460")]
    [InlineData("localhost:80", "127.0.0.1:80")]
    [InlineData("0.0.0.0:9460", "0.0.0.0:9460")]
    [InlineData("192.0.2.1:9460", "192.0.2.1:9460")]
    public void AnAddressWithItsPortIsTaken(string text, string expected)
    {
        Assert.Null(ListenAddress.TryParse(text, out var endpoint));
        Assert.Equal(expected, endpoint.ToString());
    }

    [Theory]
    [InlineData("9460")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:70000")]
    [InlineData("127.0.0.1:x")]
    [InlineData("::1:9460")]
    [InlineData("[127.0.0.1]:9460")]
    [InlineData("example.com:80")]
    [InlineData("")]
    public void WhatIsNoAddressIsRefusedWithItsShape(string text) =>
        Assert.Contains("ADDRESS:PORT", ListenAddress.TryParse(text, out _), StringComparison.Ordinal);
}
