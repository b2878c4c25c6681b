using System.Text.Json;
using Rheo.Cli;
using Rheo.Cli.Settings;
using Rheo.Terminal;

namespace Rheo.Agent;

/// <summary>One run of <c>rheo config</c>: prints each setting with its value and origin.</summary>
internal static class ConfigRun
{
    /// <summary>Prints in the shape that was asked for.</summary>
    public static void Run(ConfigOptions options, Stream output, Screen screen)
    {
        using var writer = new StreamWriter(output, leaveOpen: true);
        if (options.Format == ConfigFormat.Json)
            WriteJson(options.Values, writer);
        else if (options.Format == ConfigFormat.Yaml)
            WriteYaml(options.Values, writer);
        else
            WriteTable(options.Values, writer, screen);
    }

    private static void WriteTable(SettingValues values, TextWriter output, Screen screen)
    {
        var table = new Table([new Column("SETTING"), new Column("VALUE", Shrinks: true), new Column("FROM")]);
        foreach (var value in values.All)
            table.Add(value.Setting.Name, value.Words.Count == 0 ? "-" : Text.Printable(value.Text), Text.Printable(value.Origin.Place));
        table.Write(output, screen);
    }

    // JSON's strings and lists are YAML's too. A setting without a value stands as a comment, since null would be refused.
    private static void WriteYaml(SettingValues values, TextWriter output)
    {
        foreach (var value in values.All)
        {
            var hidden = value.Setting.IsSecret || (value.Words.Count == 0 && !value.Setting.IsList);
            output.WriteLine($"{(hidden ? "# " : "")}{value.Setting.Name}: {Word(value)}  # {Text.Printable(value.Origin.Place)}");
        }
    }

    private static void WriteJson(SettingValues values, TextWriter output)
    {
        output.WriteLine("{");
        var lines = values.All.Select(value =>
            $"  {Quoted(value.Setting.Name)}: {{\"value\": {Word(value)}, \"origin\": {Quoted(value.Origin.Place)}, "
            + $"\"from\": {Quoted(value.Origin.Kind.ToString().ToLowerInvariant())}, "
            + $"\"reload\": {(value.Setting.IsReloadable ? "true" : "false")}}}");
        output.WriteLine(string.Join(",\n", lines));
        output.WriteLine("}");
    }

    private static string Word(SettingValue value)
    {
        if (value.Setting.IsSecret)
            return value.Words.Count == 0 ? "null" : Quoted(value.Text);
        if (value.Setting.IsList)
            return "[" + string.Join(", ", value.Words.Select(Quoted)) + "]";
        if (value.Words.Count == 0)
            return "null";
        return value.Setting.Shape.Type == "string" ? Quoted(value.Words[0]) : Plain(value.Words[0]);
    }

    // JSON has no zeros before a number.
    private static string Plain(string word) => word.TrimStart('0') is { Length: > 0 } rest ? rest : "0";

    // The encoder escapes every control character, and what could mislead a terminal.
    private static string Quoted(string text) => '"' + JsonEncodedText.Encode(text).ToString() + '"';
}
