using Rheo.Cli;
using Rheo.Cli.Completion;
using Rheo.Cli.Settings;
using Xunit;

namespace Rheo.Tests.Cli.Completion;

public sealed class CompletionTests
{
    private static readonly System.CommandLine.RootCommand Root =
        CommandLine.Build(new CommandLineTests(), new Surroundings(new Dictionary<string, string>()) { UsualFile = "/nowhere" });

    [Theory]
    [InlineData("rheo age", "agent")]
    [InlineData("rheo agent --max-", "--max-connections --max-conversations")]
    [InlineData("rheo config ", "check schema")]
    [InlineData("rheo completion ", "bash fish zsh")]
    [InlineData("rheo config -o ", "json table yaml")]
    [InlineData("rheo config --output=ya", "yaml")]
    [InlineData("rheo flows --sort ", "bytes first last packets rate rtt")]
    [InlineData("rheo conns --sort ", "bytes opened retransmits rtt slow")]
    [InlineData("rheo conns --state fin", "fin_wait_1 fin_wait_2")]
    [InlineData("rheo drops --by ", "flow place process reason")]
    [InlineData("rheo drops -o ", "csv json table wide yaml")]
    [InlineData("rheo man rheo-config-", "rheo-config-check.1 rheo-config-schema.1")]
    public void WhatFitsIsOffered(string line, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), CompletionDirective.At(Root, line, line.Length).Except(["--help", "--version"]));

    [Fact]
    public void CommandsAreOfferedWithoutFlagsInTheirWay() =>
        Assert.DoesNotContain(CompletionDirective.At(Root, "rheo ", 5), word => word.StartsWith('-'));

    [Fact]
    public void InterfacesOfThisMachineAreOffered() => Assert.Contains("lo", CompletionDirective.At(Root, "rheo agent -i ", 14));

    [Fact]
    public void NoBeginningOfALineIsAFault()
    {
        foreach (var line in new[] { "rheo flows -o json --sort=rtt 'tcp and port 443' --", "rheo agent --listen [::1]:1 -i \"a b", "rheo config check = --=x" })
        {
            for (var column = -1; column <= line.Length + 1; column++)
                Assert.NotNull(CompletionDirective.At(Root, line, column).ToList());
        }
    }
}
