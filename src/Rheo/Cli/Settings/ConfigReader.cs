using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Rheo.Cli.Settings;

/// <summary>
/// Reads a configuration file event by event, since every complaint is to name its line and column. Anchors, tags, nesting and
/// a second document have no meaning here and are refused.
/// </summary>
internal sealed class ConfigReader(string path, string text)
{
    /// <summary>50: a screen of them; who has more has given the wrong file.</summary>
    private const int MostProblems = 50;

    /// <summary>8: a list in the mapping is two; what is deeper costs the parser ever more.</summary>
    private const int MostNested = 8;

    private readonly Parser _parser = new(new Scanner(new StringReader(text), skipComments: true));

    /// <summary>What the file sets; the first, where it sets something twice.</summary>
    public List<SettingValue> Values { get; } = [];

    /// <summary>What is wrong, in the order of the file.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>What was read last.</summary>
    public Mark Place => _parser.Current?.End ?? default;

    private bool IsEnough => Problems.Count > MostProblems;

    /// <summary>Adds a problem at a place.</summary>
    public void Complain(Mark at, string problem)
    {
        if (!IsEnough)
            Problems.Add($"{Origin.File(path, at.Line, at.Column)}: {(Problems.Count < MostProblems ? problem : "and so on; the rest of the file was not read")}");
    }

    /// <summary>Reads all of it. Errors: <see cref="YamlException"/> where it is no YAML.</summary>
    public void Read()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
            return;
        _parser.Consume<DocumentStart>();
        if (_parser.TryConsume<MappingStart>(out _))
            ReadMapping();
        else
            ReadNothing();
        if (IsEnough)
            return;
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
            Complain(second.Start, "a second document begins here; the file is to hold one");
    }

    // "---" alone is a file that sets nothing; any other word or list is a mistake.
    private void ReadNothing()
    {
        var found = _parser.Current!;
        if (!IsNothing(found))
            Complain(found.Start, "a setting is expected here, as 'listen: 127.0.0.1:9460'");
        Skip();
    }

    private void ReadMapping()
    {
        while (!IsEnough && !_parser.TryConsume<MappingEnd>(out _))
        {
            if (_parser.TryConsume<Scalar>(out var key))
            {
                ReadSetting(key);
                continue;
            }

            Complain(_parser.Current!.Start, "a setting's name is expected here");
            Skip();
            Skip();
        }
    }

    private void ReadSetting(Scalar key)
    {
        if (Known(key) is not { } setting)
        {
            Skip();
            return;
        }

        var at = _parser.Current!.Start;
        if (ReadValue() is not { } words)
            return;
        if (setting.Complaint(words) is { } complaint)
            Complain(at, $"{setting.Name}: {complaint}");
        Values.Add(new SettingValue(setting, words, Origin.File(path, at.Line, at.Column)));
    }

    private Setting? Known(Scalar key)
    {
        if (AgentSettings.Find(key.Value) is not { } setting)
        {
            var nearest = Spelling.Nearest(key.Value, AgentSettings.All.Select(known => known.Name));
            var advice = nearest is null ? "'rheo config' lists them all" : $"did you mean '{nearest}'?";
            Complain(key.Start, $"unknown setting '{key.Value}'; {advice}");
            return null;
        }

        if (Values.Find(value => value.Setting == setting) is not { } first)
            return setting;
        Complain(key.Start, $"'{key.Value}' is set twice, first at {first.Origin}");
        return null;
    }

    /// <summary>The words of a value; null when it is none, which was told then.</summary>
    private List<string>? ReadValue()
    {
        if (!_parser.TryConsume<SequenceStart>(out _))
            return ReadWord() is { } word ? [word] : null;
        var words = new List<string>();
        var isGood = true;
        while (!IsEnough && !_parser.TryConsume<SequenceEnd>(out _))
        {
            if (ReadWord() is { } word)
                words.Add(word);
            else
                isGood = false;
        }

        return isGood ? words : null;
    }

    private string? ReadWord()
    {
        var found = _parser.Current!;
        Skip();
        if (found is Scalar word && word.Tag.IsEmpty && word.Anchor.IsEmpty && !IsNothing(word))
            return word.Value;
        Complain(found.Start, "a plain value is expected here: a word, a number or a list of them");
        return null;
    }

    // Passes over a value and all that is in it.
    private void Skip()
    {
        var depth = 0;
        do
        {
            var found = _parser.Current!;
            depth += found.NestingIncrease;
            if (depth > MostNested)
                throw new YamlException(found.Start, found.End, $"more than {MostNested} lists and mappings in one another");
            _parser.MoveNext();
        }
        while (depth > 0);
    }

    private static bool IsNothing(ParsingEvent found) =>
        found is Scalar { Style: ScalarStyle.Plain, Value: "" or "~" or "null" };
}
