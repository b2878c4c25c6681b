namespace Rheo.Agent;

/// <summary>Lines of an answer that goes on, taken as they come. Threads: one.</summary>
/// <param name="connection">The answer; its owner lets go of it.</param>
internal sealed class AgentLines(AgentConnection connection)
{
    /// <summary>1 MiB: no line of ours comes near.</summary>
    private const int Longest = 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _from;
    private int _filled;

    /// <summary>The answer is over, and all its lines were taken.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Takes the next line, if it has come in full. It stands until the next call.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="InvalidDataException">It is longer than any line of ours.</exception>
    public bool TryTake(out ReadOnlyMemory<byte> line)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_from, _filled - _from).IndexOf((byte)'\n');
            line = length < 0 ? default : _buffer.AsMemory(_from, length);
            _from += length + 1;
            if (length >= 0)
                return true;
            if (!TryFill())
                return false;
        }
    }

    // False: nothing more has come.
    private bool TryFill()
    {
        MakeRoom();
        if (IsOver || !connection.HasMore)
            return false;
        var count = connection.Receive(_buffer.AsSpan(_filled));
        _filled += count;
        IsOver = count == 0;
        return count > 0;
    }

    private void MakeRoom()
    {
        _buffer.AsSpan(_from, _filled - _from).CopyTo(_buffer);
        (_from, _filled) = (0, _filled - _from);
        if (_filled < _buffer.Length)
            return;
        if (_buffer.Length >= Longest)
            throw new InvalidDataException($"a line of more than {Longest} bytes");
        Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
