using Rheo.Capture;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>Names of interfaces outlive them, but not for ever.</summary>
public sealed class DeviceNamesTests
{
    private const int Remembered = 4096;

    private readonly DeviceNames _names = new();

    [Fact]
    public void AnInterfaceThatWentIsStillKnownByItsName()
    {
        _names.Came(7, "veth7");
        _names.Went(7);

        Assert.Equal("veth7", _names[7]);
    }

    [Fact]
    public void OneThatWasNeverKnownHasItsNumber() => Assert.Equal("if9", _names[9]);

    [Fact]
    public void OfTheLongGoneTheNameIsForgottenAndOfThoseThatAreThereNever()
    {
        _names.Came(1, "eth0");
        for (var index = 2; index <= 2 + Remembered; index++)
        {
            _names.Came(index, $"veth{index}");
            _names.Went(index);
        }

        Assert.Equal(("eth0", "if2", "veth3"), (_names[1], _names[2], _names[3]));
    }

    [Fact]
    public void OneThatCameBackIsNotForgottenForHavingBeenGone()
    {
        _names.Came(1, "veth1");
        _names.Went(1);
        _names.Came(1, "veth1");
        for (var index = 2; index <= 2 + Remembered; index++)
        {
            _names.Came(index, $"veth{index}");
            _names.Went(index);
        }

        Assert.True(_names.Has(1));
    }
}
