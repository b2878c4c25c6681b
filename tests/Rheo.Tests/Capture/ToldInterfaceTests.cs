using Rheo.Capture;
using Rheo.Model;
using Xunit;

namespace Rheo.Tests.Capture;

/// <summary>Interfaces: which are wanted, and what one hears of those that another process watches.</summary>
public sealed class ToldInterfaceTests
{
    private static readonly TunnelId Vni42 = new(TunnelKind.Vxlan, 42);

    private readonly ToldInterfaces _told = new();

    [Theory]
    [InlineData("eth0", true)]
    [InlineData("eth1", false)] // left out
    [InlineData("veth1", false)] // not asked for
    [InlineData("lo", true)]
    [InlineData("LO", false)]
    public void PatternsSayWhichAreWanted(string name, bool wanted) => Assert.Equal(wanted, new NamePatterns(["eth*", "lo"], ["eth1", "x?"]).Wants(name));

    [Fact]
    public void WhereNothingIsAskedForAllAreWantedButThoseLeftOut()
    {
        var patterns = new NamePatterns([], ["veth?"]);

        Assert.Equal([true, false, true], new[] { "eth0", "veth1", "veth12" }.Select(patterns.Wants));
    }

    [Fact]
    public void ANameThatIsNotThereIsMissedAndAPatternIsNot()
    {
        Assert.Equal("eth7", new NamePatterns(["veth*", "lo", "eth7"], []).FirstMissing(["lo"]));
        Assert.Null(new NamePatterns(["veth*", "lo"], []).FirstMissing(["lo"]));
    }

    [Fact]
    public void OneThatIsGoneIsNotAttachedAnyMoreAndItsNameIsKnownStill()
    {
        Tell(new(2, "eth0", "eth0 (tcx)", null, IsGone: false));
        Tell(new(3, "eth1", null, null, IsGone: false));
        Assert.Equal(["eth0 (tcx)"], _told.Attached);

        Tell(new(2, "", null, null, IsGone: true));

        Assert.Empty(_told.Attached);
        Assert.Equal([2], _told.Gone);
        Assert.Equal("eth0", _told.Name(2));
    }

    [Fact]
    public void TunnelsAreToldWhenTheyChangeAlone()
    {
        Assert.NotNull(_told.TakeTunnels()); // none, which nobody has heard yet
        Tell(new(5, "vxlan0", "vxlan0 (tcx)", Vni42, IsGone: false));
        Assert.Equal([Vni42], _told.TakeTunnels()!);
        Tell(new(5, "vxlan1", "vxlan1 (tcx)", Vni42, IsGone: false));
        Assert.Null(_told.TakeTunnels());

        Tell(new(5, "", null, null, IsGone: true));

        Assert.Empty(_told.TakeTunnels()!);
    }

    [Fact]
    public void WhatWentWhileNobodyWatchedIsGone()
    {
        Tell(new(2, "eth0", "eth0 (tcx)", null, IsGone: false));

        _told.ReleaseUntold([2, 3, 3]);
        _told.Apply();

        Assert.Equal([3], _told.Gone);
    }

    private void Tell(InterfaceNews news)
    {
        _told.Tell(news);
        _told.Apply();
    }
}
