namespace Rheo;

/// <summary>How the process ends, for scripts.</summary>
public static class ExitCode
{
    /// <summary>All went well; also when Ctrl-C or SIGTERM ended a run that has no end of its own.</summary>
    public const int Success = 0;

    /// <summary>Something failed at run time: a port in use, a disk full.</summary>
    public const int Failure = 1;

    /// <summary>The command line, or the filter on it, is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A right or a kernel feature is missing.</summary>
    public const int MissingSupport = 3;
}
