using Rheo.Interop;

namespace Rheo.Sinks;

/// <summary>A file that a command leaves where the user said: whole or not at all, and never through somebody else's link.</summary>
public sealed class ResultFile
{
    private readonly string _path;
    private readonly bool _isInPlace;

    private ResultFile(string path, bool isInPlace) => (_path, _isInPlace) = (path, isInPlace);

    private string Unfinished => $"{_path}.{Environment.ProcessId}.part";

    /// <summary>Looks whether it can be written, and leaves all as it is.</summary>
    /// <param name="path">The file, which may exist.</param>
    /// <exception cref="IOException">It cannot; the message says why.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not.</exception>
    public static ResultFile At(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"{path} is a folder");
        var file = new ResultFile(path, IsDevice(path));
        if (!file._isInPlace)
            file.Probe();
        return file;
    }

    /// <summary>Writes it whole, in the place of what was there.</summary>
    public void Write(ReadOnlySpan<byte> content)
    {
        if (_isInPlace)
        {
            File.WriteAllBytes(_path, content);
            return;
        }

        try
        {
            using (var unfinished = new FileStream(Unfinished, FileMode.CreateNew, FileAccess.Write))
                unfinished.Write(content);
            File.Move(Unfinished, _path, overwrite: true);
        }
        catch
        {
            File.Delete(Unfinished);
            throw;
        }
    }

    private void Probe()
    {
        new FileStream(Unfinished, FileMode.CreateNew, FileAccess.Write).Dispose();
        File.Delete(Unfinished);
    }

    // Something like /dev/null must not be replaced by a file.
    private static bool IsDevice(string path)
    {
        if (!Path.Exists(path) && new FileInfo(path).LinkTarget is null)
            return false;
        try
        {
            using var handle = Files.OpenWithoutFollowing(path);
            return !Files.Status(handle).IsFile;
        }
        catch (IOException refused)
        {
            throw new IOException($"{path}: {refused.Message}", refused);
        }
    }
}
