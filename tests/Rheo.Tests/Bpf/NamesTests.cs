using Rheo.Bpf.Gen;
using Xunit;

namespace Rheo.Tests.Bpf;

public sealed class NamesTests
{
    [Theory]
    [InlineData("flow_slot", "FlowSlot")]
    [InlineData("NON_IP", "NonIp")]
    [InlineData("srcIp4", "SrcIp4")]
    [InlineData("__pad", "Pad")]
    [InlineData("_", "_")]
    [InlineData("4way", "_4way")]
    [InlineData("a b\n*/ c", "ABC")]
    [InlineData("класс", "_")]
    [InlineData("class", "Class")]
    public void ANameBecomesAnIdentifier(string name, string expected) => Assert.Equal(expected, Names.Pascal(name));

    [Theory]
    [InlineData(new[] { "FLOW_EMPTY", "FLOW_IP4", "FLOW_NON_IP" }, "FLOW_")]
    [InlineData(new[] { "TCP_STATE_NONE", "TCP_STATE_SYN_SENT" }, "TCP_STATE_")]
    [InlineData(new[] { "A_B", "A_B_C" }, "A_")]
    [InlineData(new[] { "V_4", "V_6" }, "")]
    [InlineData(new[] { "RED", "GREEN" }, "")]
    [InlineData(new[] { "RATE_MAX" }, "RATE_")]
    [InlineData(new string[0], "")]
    public void MembersOfAnEnumShareAPrefixUpToAnUnderscore(string[] names, string expected) =>
        Assert.Equal(expected, Names.CommonPrefix(names));

    [Fact]
    public void ASecondNameOfTheSameSpellingGetsANumber()
    {
        var taken = new HashSet<string>();
        Assert.Equal(["Ab", "Ab_2", "Ab_3"], new[] { "a_b", "aB", "A_B" }.Select(name => Names.Unique(Names.Pascal(name) is "AB" ? "Ab" : Names.Pascal(name), taken)));
    }
}
