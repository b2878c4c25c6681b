namespace Rheo.Model.Table;

/// <summary>One end of a conversation.</summary>
internal struct OwnedEnd
{
    /// <summary>Whose it is; null while that is not known.</summary>
    public OwnerList? Owners;

    /// <summary>What it sent, as far as it is in the sums by owner.</summary>
    public Traffic Counted;
}
