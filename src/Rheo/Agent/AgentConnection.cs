using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Rheo.Agent;

/// <summary>
/// One request to an agent's socket. HTTP/1.0, so that the answer's body is all that follows its head, to the end of the connection.
/// Errors: <see cref="AgentException"/>. Threads: one.
/// </summary>
internal sealed class AgentConnection : IDisposable
{
    private const int Busy = 503;
    private const int LongestHead = 16 * 1024;
    private const int LongestProblem = 4096;
    private const int LongestAnswer = 64 * 1024 * 1024;
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int PeerCredentials = 17; // SO_PEERCRED
    /// <summary>Longer than an agent takes to say that it cannot answer now.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _path;

    private AgentConnection(string path) => _path = path;

    /// <summary>Asks; what follows is the body.</summary>
    /// <param name="path">The socket's path.</param>
    /// <param name="request">The path and query asked for.</param>
    public static AgentConnection Get(string path, string request)
    {
        var connection = new AgentConnection(path);
        try
        {
            connection.Connect();
            connection.Ask(request);
            return connection;
        }
        catch (SocketException failure)
        {
            connection.Dispose();
            throw AgentException.Of(path, failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>How long to wait for each piece of the answer.</summary>
    public TimeSpan Timeout
    {
        set => _socket.ReceiveTimeout = (int)value.TotalMilliseconds;
    }

    /// <summary>Fills the span; false at a clean end before its first byte.</summary>
    /// <exception cref="IOException">The connection broke, in the middle or by silence.</exception>
    public bool TryFill(Span<byte> into)
    {
        for (var filled = 0; filled < into.Length;)
        {
            var count = Receive(into[filled..]);
            if (count == 0)
                return filled == 0 ? false : throw new EndOfStreamException($"the agent at {_path} broke off");
            filled += count;
        }

        return true;
    }

    /// <summary>Reads a short answer to its end.</summary>
    public string ReadText()
    {
        var buffer = new byte[LongestProblem];
        var length = 0;
        for (int count; length < buffer.Length && (count = Receive(buffer.AsSpan(length))) > 0;)
            length += count;
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    /// <summary>Reads an answer to its end, at most 64 MiB.</summary>
    /// <exception cref="IOException">The connection broke, or what comes has no end.</exception>
    public ReadOnlyMemory<byte> ReadToEnd()
    {
        var answer = new System.Buffers.ArrayBufferWriter<byte>(64 * 1024);
        for (int count; (count = Receive(answer.GetSpan(16 * 1024))) > 0;)
        {
            answer.Advance(count);
            if (answer.WrittenCount > LongestAnswer)
                throw new IOException($"the agent at {_path} sends more than {LongestAnswer} bytes");
        }

        return answer.WrittenMemory;
    }

    /// <summary>Whether the next <see cref="Receive"/> returns at once.</summary>
    public bool HasMore => _socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Waits for some bytes; 0 at the end.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public int Receive(Span<byte> into)
    {
        try
        {
            return _socket.Receive(into);
        }
        catch (SocketException silent) when (silent.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            throw new IOException($"the agent at {_path} does not answer", silent);
        }
        catch (SocketException broken)
        {
            throw new IOException($"the agent at {_path} broke off: {broken.Message}", broken);
        }
    }

    /// <summary>Ends it; a thread that waits in it is let go.</summary>
    public void Dispose() => _socket.Dispose();

    private void Connect()
    {
        Timeout = Patience;
        _socket.SendTimeout = (int)Patience.TotalMilliseconds;
        _socket.Connect(new UnixDomainSocketEndPoint(_path));
        Span<int> credentials = stackalloc int[3]; // struct ucred: pid, uid, gid
        _socket.GetRawSocketOption(SocketLevel, PeerCredentials, MemoryMarshal.AsBytes(credentials));
        var server = (uint)credentials[1];
        if (!SocketPath.Trusts(_path, server))
            throw new AgentException($"{_path} is served by user {server}, neither by root nor by us", isQuiet: false);
    }

    private void Ask(string request)
    {
        _socket.Send(Encoding.ASCII.GetBytes($"GET {request} HTTP/1.0\r\nHost: localhost\r\n\r\n"));
        try
        {
            if (ReadHead() is var status and not 200)
                throw new AgentException($"the agent at {_path} refuses ({status}): {ProblemDetail(ReadText())}", isQuiet: false) { IsBusy = status == Busy };
        }
        catch (IOException failure)
        {
            throw new AgentException(failure.Message, isQuiet: false, failure);
        }
    }

    // Byte by byte, so that nothing of the body is taken: a head has some 200, and comes once.
    private int ReadHead()
    {
        var head = new StringBuilder();
        Span<byte> one = stackalloc byte[1];
        while (head.Length < LongestHead && TryFill(one))
        {
            head.Append((char)one[0]);
            if (head.Length >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n')
                return Status(head.ToString());
        }

        throw new IOException($"what serves {_path} is no agent");
    }

    private int Status(string head)
    {
        var words = head.Split(' ', 3);
        return words[0].StartsWith("HTTP/1.", StringComparison.Ordinal) && words.Length > 1
            && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : throw new IOException($"what serves {_path} is no agent");
    }

    private static string ProblemDetail(string text)
    {
        try
        {
            using var problem = System.Text.Json.JsonDocument.Parse(text);
            return problem.RootElement.GetProperty("detail").GetString() ?? text;
        }
        catch (Exception wrong) when (wrong is System.Text.Json.JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return text.Length > 0 ? text : "it does not say why";
        }
    }
}
