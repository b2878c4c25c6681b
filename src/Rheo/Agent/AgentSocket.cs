using Rheo.Interop;
using Rheo.Web;

namespace Rheo.Agent;

/// <summary>The agent's socket: made under another name and renamed when it has its rights, so that it is never open to others, and never half there.</summary>
internal sealed class AgentSocket : IAsyncDisposable
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly SocketServer _server;
    private readonly ulong _inode;
    private readonly bool _madeFolder;
    private bool _isLeft;

    private AgentSocket(SocketServer server, string path, ulong inode, bool madeFolder)
    {
        _server = server;
        _inode = inode;
        _madeFolder = madeFolder;
        Path = path;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>
    /// Serves where it was asked to: nowhere (<c>none</c>), at a path, or at the usual place (<c>auto</c>), without which the agent
    /// goes on: commands then load programs of their own.
    /// </summary>
    /// <exception cref="IOException">The path that was asked for cannot be had.</exception>
    public static async Task<AgentSocket?> Offer(string choice, AgentContent content, Action<string> warn, LeftDoors? before = null)
    {
        if (choice == "none")
            return null;
        if (choice != "auto")
            return await Start(choice, content.Web(), content.Socket(), before?.Take(choice));
        try
        {
            return await Start(SocketPath.Default, content.Web(), content.Socket(), before?.Take(SocketPath.Default));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            warn($"warning: no socket for commands: {failure.Message}");
            return null;
        }
    }

    /// <summary>The descriptor of the socket on which it listens, which stays this object's own; another is to go on with it. Null: there is none.</summary>
    public int? Leave()
    {
        _isLeft = !_madeFolder; // a folder of ours goes with us
        return _isLeft ? _server.Leave() : null;
    }

    /// <summary>Serves at the path.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">What is served, as at the port.</param>
    /// <param name="socket">What is served beside that.</param>
    /// <param name="taken">The socket that the version before has made there; it becomes this object's own.</param>
    /// <exception cref="IOException">Another agent serves there, or something stands there that is not ours.</exception>
    public static async Task<AgentSocket> Start(string path, WebContent content, SocketContent socket, int? taken = null)
    {
        var madeFolder = SocketPath.Prepare(path);
        if (taken is not null && Files.Look(path) is { } left)
            return new AgentSocket(await SocketServer.Start(path, content, socket, taken), path, left.Inode, madeFolder);
        if (Files.Look(path) is not null && SocketPath.Answers(path))
            throw new IOException($"another agent serves {path} already; stop that one, or give this one a --socket of its own, or none");
        var making = $"{path}.{Environment.ProcessId}";
        File.Delete(making);
        var server = await SocketServer.Start(making, content, socket);
        File.SetUnixFileMode(making, OnlyOwner);
        var inode = Files.Look(making)!.Value.Inode;
        File.Move(making, path, overwrite: true);
        return new AgentSocket(server, path, inode, madeFolder);
    }

    /// <summary>Ends all streams, stops, and takes the socket away, unless another agent's stands there by now.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isLeft && Files.Look(Path)?.Inode == _inode)
            RemoveSocket();
        await _server.DisposeAsync();
        if (_madeFolder)
            RemoveFolder();
    }

    private void RemoveSocket()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Somebody took the folder from us. Nobody answers there any more, and the next agent replaces it.
        }
    }

    private void RemoveFolder()
    {
        try
        {
            Directory.Delete(System.IO.Path.GetDirectoryName(Path)!);
        }
        catch (IOException)
        {
            // Somebody put something there; it is his.
        }
    }
}
