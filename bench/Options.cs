using System.Globalization;

namespace Rheo.Bench;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(IReadOnlyList<string> Scenarios, int Rounds, bool Raw)
{
    private const int DefaultRounds = 5;
    private const int MostRounds = 1_000; // a soak counts them in minutes

    /// <exception cref="BenchException">It cannot be understood.</exception>
    public static Options Parse(string[] words)
    {
        var scenarios = new List<string>();
        var (rounds, raw) = (DefaultRounds, false);
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] == "--rounds")
                rounds = ParseRounds(i + 1 < words.Length ? words[++i] : "");
            else if (words[i] == "--raw")
                raw = true;
            else if (words[i].StartsWith('-'))
                throw new BenchException($"there is no option {words[i]}");
            else
                scenarios.Add(words[i]);
        }

        return new Options(scenarios, rounds, raw);
    }

    private static int ParseRounds(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds is > 0 and <= MostRounds
            ? rounds
            : throw new BenchException($"--rounds wants a number from 1 to {MostRounds}");
}
