using System.Diagnostics;
using System.Text;
using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>
/// Hostile octets, no UTF-8 among them, as arguments and variables of the program itself. It has no rights, so that what it understands
/// ends with 3; what it does not, with 2.
/// </summary>
public sealed class HostileWordTests : IDisposable
{
    /// <summary>Of 10,000 strings; each start of a process takes its time.</summary>
    private const int Tried = 120;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rheo-t-words-");

    public HostileWordTests() => _folder.UnixFileMode = (UnixFileMode)0x1ff; // 0777: who has no rights could write here

    [RootTheory]
    [InlineData("\"$rheo\" flows \"$word\"")]
    [InlineData("\"$rheo\" top --frames 1 -o \"$word\"")]
    [InlineData("\"$rheo\" \"$word\"")]
    [InlineData("\"$rheo\" flows -i \"$word\" --duration \"$word\"")]
    [InlineData("\"$rheo\" agent --config \"$word\"")]
    [InlineData("RHEO_LISTEN=\"$word\" \"$rheo\" agent")]
    [InlineData("env \"RHEO_$word=1\" \"$rheo\" config -o json")]
    public async Task NoWordEndsOtherwiseThanItShould(string line)
    {
        var words = Words(line.Length).ToArray();
        // One shell tries them all: each word is an octet string that only a pipe can carry.
        var script = $"while IFS= read -r -d '' word; do ({line}) >out 2>err; code=$?; "
            + "printf '%s\\0' \"$code\" \"$word\"; cat err out; printf '\\0'; rm -f out err; done";
        var tried = await Run(script, words);

        Assert.Equal(words.Length, tried.Count);
        Assert.All(tried, attempt =>
        {
            Assert.True(attempt.Code is 0 or 2 or 3, $"'{Text.Printable(attempt.Word)}': exit code {attempt.Code}: {attempt.Said}");
            Assert.Null(HostileText.FirstSteered(attempt.Said));
            Assert.DoesNotContain("fault of Rheo", attempt.Said, StringComparison.Ordinal);
            Assert.NotEmpty(attempt.Said);
        });
        // Nothing was written anywhere near.
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IEnumerable<byte[]> Words(int from)
    {
        for (var at = 0; at < Tried; at++)
        {
            var octets = Encoding.UTF8.GetBytes(HostileText.All[(at * 83 + from) % HostileText.Count]).Where(octet => octet != 0).ToArray();
            if (at % 3 == 0 && octets.Length > 0)
                octets[at % octets.Length] = (byte)(0x80 | at);
            yield return octets;
        }
    }

    private async Task<List<(int Code, string Word, string Said)>> Run(string script, byte[][] words)
    {
        var start = new ProcessStartInfo("setpriv", ["--reuid", "65534", "--regid", "65534", "--clear-groups", "--bounding-set", "-all", "--inh-caps", "-all", "bash", "-c", script])
        {
            WorkingDirectory = _folder.FullName, RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = _folder.FullName;
        start.Environment["DOTNET_CLI_HOME"] = _folder.FullName;
        // Else the shell takes a word's end for a part of a character that a damaged octet began.
        start.Environment["LC_ALL"] = "C";
        start.Environment["rheo"] = Program();
        using var shell = Process.Start(start)!;
        using var said = new MemoryStream();
        var reading = shell.StandardOutput.BaseStream.CopyToAsync(said);
        foreach (var word in words)
            shell.StandardInput.BaseStream.Write([.. word, 0]);
        shell.StandardInput.Close();
        await reading.WaitAsync(TimeSpan.FromMinutes(3));
        return [.. Encoding.UTF8.GetString(said.ToArray()).Split('\0').Chunk(3).Where(three => three.Length == 3).Select(three => (int.Parse(three[0]), three[1], three[2]))];
    }

    // One word, that a shell can call.
    private static string Program()
    {
        var command = RheoProcess.FastCommand;
        Assert.SkipUnless(command.Length == 1, "needs the native binary: ./dev build");
        return command[0];
    }
}
