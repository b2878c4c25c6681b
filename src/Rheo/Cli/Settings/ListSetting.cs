namespace Rheo.Cli.Settings;

/// <summary>A setting of any number of words.</summary>
public sealed class ListSetting : Setting
{
    private readonly Func<string, string?> _complain;

    /// <param name="name">The key in the configuration file.</param>
    /// <param name="complain">What is wrong with one word; null when nothing is.</param>
    public ListSetting(string name, Func<string, string?> complain)
        : base(name, [])
    {
        _complain = complain;
        IsList = true;
    }

    /// <inheritdoc/>
    public override string? Complaint(IReadOnlyList<string> words) => words.Select(_complain).FirstOrDefault(wrong => wrong is not null);
}
