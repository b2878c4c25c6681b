using Rheo.Bpf;
using Xunit;

namespace Rheo.Tests.Links;

/// <summary>The name that tells our filter from those of others, after its process is dead.</summary>
public sealed class FilterNameTests
{
    [Theory]
    [InlineData("rheo/flow_ingress@0123456789abcdef", false)]
    [InlineData("rheo/flow_ingress@0123456789abcdef+", true)]
    public void NameIsReadAsItWasWritten(string text, bool madeQdisc)
    {
        Assert.True(FilterName.TryParse(text, out var name));
        Assert.Equal(new FilterName("rheo", "flow_ingress", "0123456789abcdef", madeQdisc), name);
        Assert.Equal(text, name.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("flow_ingress:[12]")]
    [InlineData("rheo/flow_ingress")]
    [InlineData("rheo@0123456789abcdef")]
    [InlineData("/flow@0123456789abcdef")]
    [InlineData("a@b/0123456789abcdef")]
    [InlineData("rheo/flow@0123456789abcde")]
    [InlineData("rheo/flow@0123456789ABCDEF")]
    [InlineData("rheo/flow@0123456789abcdef++")]
    public void NamesOfOthersAreNotTakenForOurs(string text) => Assert.False(FilterName.TryParse(text, out _));
}
