using Rheo.Terminal;
using Xunit;

namespace Rheo.Tests.Terminal;

public sealed class UnitsTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(1536, "1.50 KiB")]
    [InlineData(10_240, "10.0 KiB")]
    [InlineData(1_048_064, "1.00 MiB")]
    [InlineData(ulong.MaxValue, "16.0 EiB")]
    public void BytesHaveThreeDigitsAndABinaryUnit(ulong bytes, string expected) => Assert.Equal(expected, Units.Bytes(bytes));

    [Theory]
    [InlineData(0, "0 bit/s")]
    [InlineData(10, "80 bit/s")]
    [InlineData(10_000_000, "80.0 Mbit/s")]
    public void RatesAreBitsASecond(double bytes, string expected) => Assert.Equal(expected, Units.BitRate(bytes));

    [Theory]
    [InlineData(999, "999")]
    [InlineData(12_345, "12.3k")]
    [InlineData(999_999, "1.00M")]
    public void CountsAreDecimal(ulong count, string expected) => Assert.Equal(expected, Units.Count(count));

    [Theory]
    [InlineData(250, "250 us")]
    [InlineData(1_200, "1.20 ms")]
    [InlineData(3_000_000, "3.00 s")]
    public void TimesTakeTheUnitThatFits(double microseconds, string expected) => Assert.Equal(expected, Units.Microseconds(microseconds));
}
