using System.Text;
using YamlDotNet.Core;

namespace Rheo.Cli.Settings;

/// <summary>The configuration file: one YAML mapping of settings to values.</summary>
public static class ConfigFile
{
    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">The file's name, for messages and origins.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="problems">Where complaints go, each with its place.</param>
    public static IReadOnlyList<SettingValue> Parse(string path, string text, List<string> problems)
    {
        var reader = new ConfigReader(path, text);
        try
        {
            reader.Read();
        }
        catch (YamlException wrong)
        {
            reader.Complain(wrong.Start, "this is not YAML: " + wrong.Message);
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // The library's scanner trips over some texts instead of saying what is wrong with them.
            reader.Complain(reader.Place, "this cannot be read as YAML: " + wrong.Message);
        }

        problems.AddRange(reader.Problems);
        return reader.Values;
    }

    /// <summary>Reads the file at a path. Problems are added, each with its place.</summary>
    internal static IReadOnlyList<SettingValue> Read(string path, List<string> problems)
    {
        try
        {
            return Parse(path, Utf8(TrustedFile.Read(path)), problems);
        }
        catch (IOException refused)
        {
            problems.Add($"{path}: {refused.Message}");
            return [];
        }
    }

    private static string Utf8(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException wrong)
        {
            throw new IOException($"the byte at {wrong.Index} is not UTF-8", wrong);
        }
    }
}
