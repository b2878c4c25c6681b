using System.CommandLine;
using System.Globalization;

namespace Rheo.Cli;

/// <summary>Packet rates as people write them: <c>100k,300k,1M</c>.</summary>
internal static class PacketRates
{
    private const int Least = 1_000;
    private const int Greatest = 20_000_000;
    private const int Most = 16;

    /// <summary>The option that takes them.</summary>
    public static Option<int[]?> Option() => new("--rates")
    {
        Description = "Packets a second, 1k to 20M, separated by commas (default 100k,300k,1M)",
        HelpName = "RATES",
        CustomParser = result => TryParse(SharedOptions.Word(result), out var rates)
            ? rates
            : SharedOptions.Refuse<int[]?>(
                result, $"--rates: '{SharedOptions.Word(result)}' is no list of 1 to {Most} rates from 1k to 20M; write 100k,300k,1M"),
    };

    /// <summary>Reads a list of rates, each once.</summary>
    public static bool TryParse(string text, out int[] rates)
    {
        var words = text.Split(',', StringSplitOptions.TrimEntries);
        rates = [.. words.Select(One).Distinct()];
        return words.Length <= Most && rates.All(rate => rate is >= Least and <= Greatest);
    }

    private static int One(string word)
    {
        var unit = word.Length == 0 ? ' ' : word[^1];
        var (digits, times) = unit switch
        {
            'k' => (word[..^1], 1_000.0),
            'M' => (word[..^1], 1_000_000.0),
            _ => (word, 1.0),
        };
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value * times <= Greatest
            ? (int)Math.Round(value * times)
            : 0;
    }
}
