using Rheo.Interop;

namespace Rheo.Cli.Settings;

/// <summary>
/// Reads a file that decides what a privileged program does: only when nobody but root and the user that we run as could have written
/// it. The checks are made on the open descriptor, so that nothing can be put in its place in between.
/// </summary>
internal static class TrustedFile
{
    /// <summary>A configuration is a page or two; more is a mistake, or an attempt to make us swallow a device.</summary>
    private const int Longest = 1 << 18;

    /// <summary>Reads it whole.</summary>
    /// <exception cref="IOException">It is not there, not readable, or not to be trusted; the message has no path in it.</exception>
    public static byte[] Read(string path)
    {
        using var handle = Files.OpenWithoutFollowing(path);
        Check(Files.Status(handle), Files.EffectiveUser);
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 1);
        using var content = new MemoryStream();
        Span<byte> piece = stackalloc byte[4096];
        while (stream.Read(piece) is > 0 and var length)
        {
            content.Write(piece[..length]);
            if (content.Length > Longest)
                throw new IOException($"the file is longer than {Longest} bytes");
        }

        return content.ToArray();
    }

    /// <summary>Throws what is wrong with a file of this status.</summary>
    public static void Check(FileStatus status, uint user)
    {
        if (!status.IsFile)
            throw new IOException("this is not a regular file");
        if (status.Owner != 0 && status.Owner != user)
            throw new IOException($"the file belongs to user {status.Owner}, who could change what we do; chown it to root");
        if ((status.Mode & FileStatus.WritableByOthers) != 0)
        {
            var mode = Convert.ToString(status.Mode & 0xfff, 8).PadLeft(4, '0');
            throw new IOException($"others than its owner may write to it (mode {mode}); chmod go-w it");
        }
    }
}
