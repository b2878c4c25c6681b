namespace Rheo.Cli.Settings;

/// <summary>Reads one word. Null when it is good, else what is wrong with it.</summary>
public delegate string? WordReader<T>(string word, out T value);

/// <summary>A setting of a single value.</summary>
/// <typeparam name="T">What the word stands for.</typeparam>
public sealed class Setting<T> : Setting
{
    private readonly WordReader<T> _read;

    /// <summary>A setting that has a value when nothing is said.</summary>
    public Setting(string name, string defaultWord, WordReader<T> read)
        : base(name, [defaultWord]) => _read = read;

    /// <summary>A setting that has none.</summary>
    public Setting(string name, WordReader<T> read)
        : base(name, []) => _read = read;

    /// <inheritdoc/>
    public override string? Complaint(IReadOnlyList<string> words) =>
        words.Count == 1 ? _read(words[0], out _) : "takes one value";

    internal T? Read(IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return default;
        return _read(words[0], out var value) is { } complaint ? throw new ArgumentException(complaint, nameof(words)) : value;
    }
}
