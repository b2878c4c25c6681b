namespace Rheo.Model.Drops;

/// <summary>Takes drops, a row each, and prints them.</summary>
public interface IDropWriter
{
    /// <summary>Adds a row.</summary>
    void Write(DropTotal drop);

    /// <summary>Prints the rows added so far.</summary>
    void Flush();
}
