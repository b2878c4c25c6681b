using Microsoft.Win32.SafeHandles;
using Rheo.Agent;
using Rheo.Interop;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>What the warden opens for the core: also by a link, where nobody else could turn it.</summary>
public sealed class LentFilesTests : IDisposable
{
    private const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Open = (UnixFileMode)0x1ff; // 0777

    private readonly string _folder = Directory.CreateTempSubdirectory("rheo-lent-").FullName;
    private readonly List<string> _said = [];

    // As certbot has it: live/cert.pem is a link to ../archive/cert1.pem.
    public LentFilesTests()
    {
        Directory.CreateDirectory(In("live"), Closed);
        Directory.CreateDirectory(In("archive"), Closed);
        File.WriteAllText(In("archive/cert1.pem"), "one");
        File.CreateSymbolicLink(Cert, "../archive/cert1.pem");
    }

    private string Cert => In("live/cert.pem");

    [Fact]
    public void APlainFileIsLentAndWhatIsNotThereIsNot()
    {
        using var lent = new LentFiles(_said.Add, In("archive/cert1.pem"), null, In("nowhere"));

        Assert.Equal([In("archive/cert1.pem")], lent.Paths);
        Assert.Empty(_said);
    }

    [Fact]
    public void ALinkThatNobodyElseCouldTurnIsFollowed()
    {
        Directory.CreateSymbolicLink(In("also"), "live/../live/."); // links of folders, too
        using var lent = new LentFiles(_said.Add, Cert, In("also/cert.pem"));

        Assert.Equal([Cert, In("also/cert.pem")], lent.Paths);
        Assert.All(lent.Descriptors, descriptor => Assert.Equal("one", Text(descriptor)));
        Assert.Empty(_said);
    }

    [Theory]
    [InlineData("live")]
    [InlineData("archive")]
    public void WhereOthersMayWriteNoLinkIsFollowed(string folder)
    {
        File.SetUnixFileMode(In(folder), Open);

        AssertRefused($"others may write in {In(folder)}");
    }

    [Fact]
    public void WhereOthersMayOnlyTakeAwayTheirOwnItIs()
    {
        File.SetUnixFileMode(In("archive"), Open | UnixFileMode.StickyBit);
        using var lent = new LentFiles(_said.Add, Cert);

        Assert.Equal([Cert], lent.Paths);
    }

    [Theory]
    [InlineData("live/cert.pem")]
    [InlineData("archive")]
    [InlineData("archive/cert1.pem")]
    public void WhatIsSomebodyElsesOnTheWayIsNotFollowed(string what)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        Files.Give(In(what), 12_345, 12_345);

        AssertRefused("belongs to user 12345");
    }

    [Fact]
    public void LinksThatLeadToOneAnotherAreRefused()
    {
        File.CreateSymbolicLink(In("other"), Cert);
        File.Delete(Cert);
        File.CreateSymbolicLink(Cert, In("other"));

        AssertRefused("leads from link to link");
    }

    [Fact]
    public void ALinkToNowhereIsRefused()
    {
        File.Delete(In("archive/cert1.pem"));

        AssertRefused($"{In("archive/cert1.pem")} is not there");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void AssertRefused(string reason)
    {
        using var lent = new LentFiles(_said.Add, Cert);

        Assert.Empty(lent.Paths);
        var said = Assert.Single(_said);
        Assert.StartsWith(Cert, said, StringComparison.Ordinal);
        Assert.Contains(reason, said, StringComparison.Ordinal);
        Assert.EndsWith("; name the file itself", said, StringComparison.Ordinal);
    }

    private static string Text(int descriptor)
    {
        using var file = new SafeFileHandle(descriptor, ownsHandle: false);
        return Files.ReadText(file, 100, "a certificate");
    }

    private string In(string name) => Path.Combine(_folder, name);
}
