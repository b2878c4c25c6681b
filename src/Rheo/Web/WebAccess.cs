using System.Security.Cryptography.X509Certificates;

namespace Rheo.Web;

/// <summary>Who may ask, and how what is said is protected. Nothing set: plain HTTP for this machine alone.</summary>
public sealed record WebAccess
{
    /// <summary>The token that a client must show; null when none is asked for.</summary>
    public AccessToken? Token { get; init; }

    /// <summary>Names beside the loopback's under which the server may be asked.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The certificate, with its key, and those that sign it; null: no TLS.</summary>
    public X509Certificate2Collection? Certificates { get; init; }

    /// <summary>Reads the files that the options name.</summary>
    /// <param name="tokenFile">Holds the token; null: none.</param>
    /// <param name="certificateFile">PEM, the server's own first; null: no TLS.</param>
    /// <param name="keyFile">PEM, the key of the first.</param>
    /// <param name="hosts">Names under which the server may be asked.</param>
    /// <exception cref="IOException">A file cannot be read, or is not safe to use; says which and why.</exception>
    public static WebAccess Load(string? tokenFile, string? certificateFile, string? keyFile, IReadOnlyList<string> hosts) => new()
    {
        Hosts = hosts,
        Token = tokenFile is null ? null : AccessToken.Read(tokenFile),
        Certificates = certificateFile is null ? null : Certificate.Read(certificateFile, keyFile ?? certificateFile),
    };
}
