namespace Rheo;

/// <summary>How a finding of the doctor is to be taken.</summary>
public enum FindingStatus
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, but something is missing or in the way.</summary>
    Warn,

    /// <summary>It does not work.</summary>
    Fail,

    /// <summary>It could not be found out, most often for want of a right.</summary>
    Unknown,
}
