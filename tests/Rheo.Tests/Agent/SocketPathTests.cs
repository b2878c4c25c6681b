using System.Net.Sockets;
using Rheo.Agent;
using Rheo.Interop;
using Xunit;

namespace Rheo.Tests.Agent;

public sealed class SocketPathTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("rheo-socket-").FullName;

    private string Folder => Path.Combine(_root, "own");

    private string At => Path.Combine(Folder, "rheo.sock");

    [Fact]
    public void TheFolderIsMadeForUsAlone()
    {
        Assert.True(SocketPath.Prepare(At));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        Assert.False(SocketPath.Prepare(At));
        Assert.Null(SocketPath.Distrust(At));
    }

    [Theory]
    [InlineData(0, 60946, true)]
    [InlineData(60946, 60946, false)]
    [InlineData(60946, 0, false)]
    public void AFolderInWhichOurUserMayNotWriteIsRefusedWithTheWayOut(uint owner, uint user, bool isRefused)
    {
        var refusal = SocketPath.Closed("/run", new FileStatus(owner, 0x41ed), user);

        Assert.Equal(isRefused, refusal is not null);
        if (isRefused)
            Assert.Contains("chown 60946 /run", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderThatIsALinkIsRefused()
    {
        Directory.CreateDirectory(Path.Combine(_root, "real"));
        Directory.CreateSymbolicLink(Folder, Path.Combine(_root, "real"));

        Refuses("is a symbolic link");
    }

    [Fact]
    public void ALinkInTheSocketsPlaceIsRefusedAndStays()
    {
        Directory.CreateDirectory(Folder);
        File.CreateSymbolicLink(At, "/etc/passwd");

        Refuses("is a symbolic link");
        Assert.NotNull(new FileInfo(At).LinkTarget);
    }

    [Fact]
    public void AFileInTheSocketsPlaceIsRefusedAndStays()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(At, "mine");

        Refuses("is no socket");
        Assert.Equal("mine", File.ReadAllText(At));
    }

    [Fact]
    public void AFolderThatOthersMayWriteToIsRefused()
    {
        Directory.CreateDirectory(Folder);
        File.SetUnixFileMode(Folder, (UnixFileMode)0x1ff);

        Refuses("others may write there (mode 777)");
    }

    [Fact]
    public void AForeignFolderIsRefused()
    {
        Assert.SkipUnless(Files.EffectiveUser == 0, "needs root, to give a folder away");
        Directory.CreateDirectory(Folder);
        File.SetUnixFileMode(_root, (UnixFileMode)0x1ff); // else root alone could have given it
        Own(12_345, Folder);

        Refuses("belongs to user 12345");
    }

    [Fact]
    public void AForeignSocketIsRefused()
    {
        Assert.SkipUnless(Files.EffectiveUser == 0, "needs root, to give a socket away");
        Directory.CreateDirectory(Folder);
        using var socket = Listen();
        Own(12_345, At);

        Refuses("belongs to user 12345");
        Assert.False(SocketPath.Trusts(At, 12_345));
    }

    [Fact]
    public void WhomRootGaveTheFolderIsTrusted()
    {
        Assert.SkipUnless(Files.EffectiveUser == 0, "needs root, to give a folder away");
        Directory.CreateDirectory(Folder);
        using var socket = Listen();
        Own(12_345, Folder, At);

        Assert.Null(SocketPath.Distrust(At));
        Assert.True(SocketPath.Trusts(At, 12_345));
        Assert.False(SocketPath.Trusts(At, 12_346));
    }

    [Theory]
    [InlineData("run/rheo.sock")]
    [InlineData("/tmp/00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000/rheo.sock")]
    public void APathThatASocketCannotHaveIsRefused(string path) =>
        Assert.Contains("begins with /", Assert.Throws<IOException>(() => SocketPath.Prepare(path)).Message, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Refuses(string reason)
    {
        Assert.Contains(reason, Assert.Throws<IOException>(() => SocketPath.Prepare(At)).Message, StringComparison.Ordinal);
        if (File.Exists(At) || new FileInfo(At).LinkTarget is not null)
            Assert.Contains(reason, SocketPath.Distrust(At), StringComparison.Ordinal);
    }

    private Socket Listen()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(At));
        socket.Listen();
        return socket;
    }

    private static void Own(int user, params string[] paths)
    {
        using var process = System.Diagnostics.Process.Start("chown", [$"{user}", .. paths]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
