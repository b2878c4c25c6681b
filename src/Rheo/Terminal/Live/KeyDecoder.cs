using System.Buffers;
using System.Text;

namespace Rheo.Terminal.Live;

/// <summary>Turns the bytes that a terminal sends into keys: UTF-8, and the sequences of xterm, screen, rxvt and the Linux console.</summary>
public sealed class KeyDecoder
{
    private const byte Esc = 0x1b;

    // The longest sequence that a key sends, with room; what is longer is no key.
    private const int Longest = 32;

    private readonly byte[] _waiting = new byte[Longest];
    private int _count;

    /// <summary>The bytes so far may be the beginning of more: a lone Esc, half of a character.</summary>
    public bool IsWaiting => _count > 0;

    /// <summary>Takes bytes in and gives the keys that are complete.</summary>
    public void Decode(ReadOnlySpan<byte> octets, List<Key> keys)
    {
        foreach (var octet in octets)
        {
            if (_count == Longest)
                _count = 0;
            _waiting[_count++] = octet;
            Take(keys, isAll: false);
        }
    }

    /// <summary>Nothing more comes: what waits is a key as it is.</summary>
    public void Flush(List<Key> keys)
    {
        while (_count > 0)
            Take(keys, isAll: true);
    }

    private void Take(List<Key> keys, bool isAll)
    {
        var used = Read(_waiting.AsSpan(0, _count), isAll, out var key);
        if (used == 0)
            return;
        keys.Add(key);
        _count -= used;
        _waiting.AsSpan(used, _count).CopyTo(_waiting);
    }

    // The bytes of the first key; 0 while it is not complete.
    private static int Read(ReadOnlySpan<byte> octets, bool isAll, out Key key)
    {
        key = KeyName.Unknown;
        if (octets[0] == Esc)
            return ReadEscape(octets, isAll, out key);
        if (octets[0] < 0x20 || octets[0] == 0x7f)
        {
            key = Control(octets[0]);
            return 1;
        }

        var status = Rune.DecodeFromUtf8(octets, out var character, out var used);
        if (status == OperationStatus.NeedMoreData && !isAll)
            return 0;
        if (status == OperationStatus.Done)
            key = new Key(KeyName.Character, character);
        return used;
    }

    private static Key Control(byte octet) => octet switch
    {
        (byte)'\r' or (byte)'\n' => KeyName.Enter,
        (byte)'\t' => KeyName.Tab,
        0x08 or 0x7f => KeyName.Backspace,
        >= 1 and <= 26 => new Key(KeyName.Control, new Rune('a' + octet - 1)),
        _ => KeyName.Unknown,
    };

    private static int ReadEscape(ReadOnlySpan<byte> octets, bool isAll, out Key key)
    {
        key = KeyName.Escape;
        if (octets.Length == 1)
            return isAll ? 1 : 0;
        // Esc, and then something else; or a letter with Alt, which means nothing here.
        if (octets[1] is not ((byte)'[' or (byte)'O'))
            return 1;
        for (var at = 2; at < octets.Length; at++)
        {
            // The Linux console sends ESC [ [ A for F1.
            if (octets[at] is >= 0x40 and <= 0x7e && !(at == 2 && octets[at] == '['))
            {
                key = Named(octets[2..at], octets[at]);
                return at + 1;
            }
        }

        key = KeyName.Unknown;
        return isAll ? octets.Length : 0;
    }

    // Modifiers (";5") make no difference.
    private static KeyName Named(ReadOnlySpan<byte> parameters, byte final) => final switch
    {
        (byte)'A' => parameters.StartsWith("["u8) ? KeyName.Unknown : KeyName.Up,
        (byte)'B' => parameters.StartsWith("["u8) ? KeyName.Unknown : KeyName.Down,
        (byte)'C' => parameters.StartsWith("["u8) ? KeyName.Unknown : KeyName.Right,
        (byte)'D' => parameters.StartsWith("["u8) ? KeyName.Unknown : KeyName.Left,
        (byte)'H' => KeyName.Home,
        (byte)'F' => KeyName.End,
        (byte)'M' => KeyName.Enter,
        (byte)'~' => Numbered(parameters),
        _ => KeyName.Unknown,
    };

    private static KeyName Numbered(ReadOnlySpan<byte> parameters)
    {
        var semicolon = parameters.IndexOf((byte)';');
        var number = semicolon < 0 ? parameters : parameters[..semicolon];
        return Encoding.ASCII.GetString(number) switch
        {
            "1" or "7" => KeyName.Home,
            "3" => KeyName.Delete,
            "4" or "8" => KeyName.End,
            "5" => KeyName.PageUp,
            "6" => KeyName.PageDown,
            _ => KeyName.Unknown,
        };
    }
}
