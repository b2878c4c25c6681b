using Rheo.Interop;

namespace Rheo.Web;

/// <summary>A file with a secret: ours or root's, and readable for nobody else.</summary>
internal static class SecretFile
{
    private const int Greatest = 64 * 1024;
    private const int RightsOfOthers = 0x3f; // S_IRWXG | S_IRWXO

    /// <summary>Reads the whole file as text.</summary>
    /// <exception cref="IOException">It cannot be read, or others could read or change it; says what to do.</exception>
    public static string Read(string path)
    {
        try
        {
            using var file = Files.OpenWithoutFollowing(path);
            Check(Files.Status(file));
            return Files.ReadText(file, Greatest, "a secret");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: {failure.Message}", failure);
        }
    }

    private static void Check(FileStatus status)
    {
        if (status.Owner != 0 && status.Owner != Files.EffectiveUser)
            throw new IOException($"this belongs to user {status.Owner}, who could change it; it must be ours (user {Files.EffectiveUser}) or root's");
        if ((status.Mode & RightsOfOthers) != 0)
            throw new IOException($"others have rights on this (mode {Convert.ToString(status.Mode & 0x1ff, 8)}), and it holds a secret; chmod 600 it");
    }
}
