using System.Globalization;

namespace Rheo.Cli.Settings;

/// <summary>Readers of the words that settings are made of.</summary>
internal static class SettingWords
{
    /// <summary>A whole number between two bounds, both included.</summary>
    public static WordReader<int> Number(int minimum, int maximum) => (string word, out int value) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= minimum && value <= maximum
            ? null
            : $"'{word}' is not a whole number from {minimum} to {maximum}";

    /// <summary>A duration between two bounds, both included.</summary>
    public static WordReader<TimeSpan> Time(TimeSpan minimum, TimeSpan maximum) => (string word, out TimeSpan value) =>
    {
        if (!Duration.TryParse(word, out value))
            return $"'{word}' is not a duration; write 500ms, 10s, 2m or 1h";
        return value < minimum || value > maximum
            ? $"'{word}' is not between {minimum.TotalMilliseconds}ms and {maximum.TotalSeconds}s"
            : null;
    };

    /// <summary>A duration between two bounds, or <c>off</c>, which is none at all.</summary>
    public static WordReader<TimeSpan> TimeOrOff(TimeSpan minimum, TimeSpan maximum) => (string word, out TimeSpan value) =>
    {
        value = TimeSpan.Zero;
        return word == "off" ? null : Time(minimum, maximum)(word, out value) is { } complaint ? complaint + ", nor off" : null;
    };

    /// <summary>YAML's two truths.</summary>
    public static string? Truth(string word, out bool value)
    {
        value = word == "true";
        return word is "true" or "false" ? null : $"'{word}' is neither true nor false";
    }

    /// <summary>One of some words.</summary>
    public static Func<string, string?> OneOf(IReadOnlyList<string> words) => word =>
        words.Contains(word) ? null : $"'{word}' is none of {string.Join(", ", words)}";

    /// <summary>A path of a file.</summary>
    public static string? FilePath(string word, out string value)
    {
        value = word;
        return word.Length == 0 || word.Contains('\0') ? $"'{word}' is no path of a file" : null;
    }

    /// <summary>A host name without a port.</summary>
    public static string? HostName(string word) =>
        word.Length is > 0 and <= 253 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_')
            ? null
            : $"'{word}' is no host name; write it without scheme and port, as rheo.example.org";

    /// <summary>A name or a number of a user.</summary>
    public static string? UserName(string word, out string value)
    {
        value = word;
        return word.Length is > 0 and <= 64 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.')
            ? null
            : $"'{word}' is no name of a user";
    }

    /// <summary>A path from the root, <c>auto</c> or <c>none</c>.</summary>
    public static string? SocketPath(string word, out string value)
    {
        value = word;
        return word is "auto" or "none" || word.StartsWith('/') ? null : $"'{word}' is none of auto, none, /PATH/OF/SOCKET";
    }

    /// <summary>A name of an interface, or a shell pattern of names.</summary>
    public static string? InterfacePattern(string word) =>
        word.Length == 0 || word.Contains('/') || word.Any(char.IsWhiteSpace)
            ? $"'{word}' is no name of an interface and no pattern; write eth0 or 'eth*'"
            : null;
}
