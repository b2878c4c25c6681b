namespace Xunit;

/// <summary>Where a test may say more, as xunit's interface of this name.</summary>
public interface ITestOutputHelper
{
    /// <summary>Says one line.</summary>
    void WriteLine(string message);
}
