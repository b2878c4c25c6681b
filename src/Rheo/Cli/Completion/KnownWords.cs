using System.CommandLine;
using System.CommandLine.Completions;
using Rheo.Model;
using Rheo.Model.Connections;

namespace Rheo.Cli.Completion;

/// <summary>The words that fit as values of options.</summary>
internal static class KnownWords
{
    /// <summary>Gives each option of a command and of those below it the words that fit.</summary>
    public static void Teach(Command command)
    {
        foreach (var option in command.Options)
            Teach(option);
        foreach (var child in command.Subcommands)
            Teach(child);
    }

    private static void Teach(Option option)
    {
        if ((Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType) is { IsEnum: true } type)
            Set(option, _ => Words(type).Select(word => new CompletionItem(word)));
        else if (option.HelpName == "GLOB")
            Set(option, _ => Interfaces().Select(name => new CompletionItem(name)));
    }

    // What an option takes is not always what its values are called in C#.
    private static IEnumerable<string> Words(Type type) =>
        type == typeof(ConversationOrder) ? SortWords.List.Split(", ")
        : type == typeof(ConnectionOrder) ? ConnectionWords.OrderWords
        : type == typeof(ConnectionState) ? ConnectionWords.StateWords
        : Enum.GetNames(type).Select(name => name.ToLowerInvariant());

    // The library would offer the names of an enumeration as C# spells them.
    private static void Set(Option option, Func<CompletionContext, IEnumerable<CompletionItem>> words)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
    }

    /// <summary>The interfaces that are there now; none where they cannot be listed.</summary>
    private static IEnumerable<string> Interfaces()
    {
        try
        {
            return Directory.EnumerateFileSystemEntries("/sys/class/net").Select(path => Path.GetFileName(path)!);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
