package dev.polder.appsync.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.Json;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Filters of subscriptions over one object.
class EventFilterTest {
  private static final String OBJECT =
      "{'title':'Hello','stars':3,'price':2.50,'open':true,'tags':['a','b'],'none':null}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | true",
        "{'title':{'eq':'Hello'}} | true",
        "{'title':{'ne':'Hello'}} | false",
        "{'title':{'beginsWith':'He','contains':'ll'}} | true",
        "{'title':{'notContains':'ll'}} | false",
        "{'title':{'gt':'Hallo'}} | true",
        "{'stars':{'eq':3.0}} | true",
        "{'stars':{'between':[3,4]}} | true",
        "{'stars':{'between':[4,5]}} | false",
        "{'stars':{'lt':3}} | false",
        "{'stars':{'le':3}} | true",
        "{'price':{'in':[2.5]}} | true",
        "{'price':{'notIn':[2.5]}} | false",
        "{'open':{'eq':true}} | true",
        "{'tags':{'contains':'b'}} | true",
        "{'tags':{'containsAny':['x','a']}} | true",
        "{'absent':{'eq':'x'}} | false",
        "{'absent':{'ne':'x'}} | true",
        "{'absent':{'gt':1}} | false",
        "{'stars':{'gt':'2'}} | false",
        "{'or':[{'stars':{'eq':1}},{'title':{'eq':'Hello'}}]} | true",
        "{'and':[{'stars':{'eq':3}},{'title':{'eq':'x'}}]} | false",
        "{'stars':{'eq':3},'or':[{'title':{'eq':'x'}}]} | false",
        "{'filter':null} | true",
      })
  void eventsPassByTheirOperators(String filter, boolean passes) {
    assertThat(EventFilter.passes(json(filter), json(OBJECT))).isEqualTo(passes);
  }

  private static Map<String, Object> json(String text) {
    return Json.parseObject(text.replace('\'', '"'));
  }
}
