using System.CommandLine;
using System.CommandLine.Parsing;
using Rheo.Model;

namespace Rheo.Cli;

/// <summary>The words at the end of a command line that say what to show, as tcpdump takes them.</summary>
internal static class FilterArgument
{
    public static Argument<string[]> Build(FilterSubject subject = FilterSubject.Conversation)
    {
        var filter = new Argument<string[]>("FILTER")
        {
            Description = subject == FilterSubject.Drop ? "What to show: udp and port 53, interface:eth0, process:named" : "What to show: tcp and port 443, state:established, 'rtt:>10ms'",
            Arity = ArgumentArity.ZeroOrMore,
        };
        filter.Validators.Add(RefuseUnknownOptions);
        filter.Validators.Add(result => RefuseBadFilter(result, subject));
        return filter;
    }

    public static FlowFilter Read(ParseResult result, Argument<string[]> argument) =>
        FlowFilter.Parse(string.Join(' ', result.GetValue(argument) ?? []));

    // Trailing words would otherwise swallow a mistyped option and leave a strange filter error.
    private static void RefuseUnknownOptions(ArgumentResult result)
    {
        var known = ((CommandResult)result.Parent!).Command.Options.Select(option => option.Name).ToArray();
        foreach (var word in Words(result).Where(IsOption))
        {
            var nearest = Spelling.Nearest(word.Split('=', 2)[0], known);
            result.AddError($"unknown option '{word}'" + (nearest is null ? "" : $"; did you mean '{nearest}'?"));
        }
    }

    private static void RefuseBadFilter(ArgumentResult result, FilterSubject subject)
    {
        if (Words(result).Any(IsOption))
            return;
        var text = string.Join(' ', Words(result));
        try
        {
            FlowFilter.Parse(text, subject);
        }
        catch (FilterException wrong)
        {
            result.AddError($"filter, {FilterPointer.Show(text, wrong)}");
        }
    }

    private static IEnumerable<string> Words(ArgumentResult result) => result.Tokens.Select(token => token.Value);

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-';
}
