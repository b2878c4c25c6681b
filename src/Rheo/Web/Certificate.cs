using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Rheo.Interop;

namespace Rheo.Web;

/// <summary>The server's certificate and key, from PEM files.</summary>
internal static class Certificate
{
    /// <summary>256 KiB: a certificate has some 2, and a chain has a few.</summary>
    private const int Greatest = 256 * 1024;

    /// <summary>Reads the chain, the server's own certificate first, joined with its key.</summary>
    /// <exception cref="IOException">A file cannot be used; says which and why.</exception>
    public static X509Certificate2Collection Read(string certificateFile, string keyFile)
    {
        var key = SecretFile.Read(keyFile);
        var (chain, text) = Chain(certificateFile);
        try
        {
            chain[0] = X509Certificate2.CreateFromPem(text, key);
            return chain;
        }
        catch (CryptographicException failure)
        {
            throw new IOException($"{keyFile}: this is not the key of {certificateFile}: {failure.Message}", failure);
        }
    }

    private static (X509Certificate2Collection Chain, string Text) Chain(string path)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            using var file = Files.Open(path);
            var text = Files.ReadText(file, Greatest, "a certificate");
            chain.ImportFromPem(text);
            return chain.Count > 0 ? (chain, text) : throw new IOException("there is no certificate in it; it must be PEM");
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: {failure.Message}", failure);
        }
    }
}
