import { describe, expect, test } from 'vitest';
import { porterStem } from './porter-stemmer';

// Values from NLTK 3.10 `PorterStemmer().stem`: word>stem.
describe('stems', () => {
  test.each([
    [
      'words that follow no rule',
      'sky>sky skies>sky dying>die lying>lie tying>tie news>news innings>inning inning>inning outings>outing outing>outing cannings>canning canning>canning howe>howe proceed>proceed exceed>exceed succeed>succeed',
    ],
    ['two letters stay', 'is>is by>by as>as us>us ee>ee'],
    [
      'plurals',
      'caresses>caress ponies>poni ties>tie dies>die skiies>skii bosses>boss caress>caress gas>ga cats>cat this>thi',
    ],
    ['past of y', 'spied>spi died>die tied>tie cried>cri ied>i applied>appli'],
    ['eed', 'agreed>agre feed>feed need>need bleed>bleed indeed>inde exceeded>exceed decreed>decre'],
    [
      'ed and ing',
      'plastered>plaster bled>bled motoring>motor sing>sing king>king ringed>ring string>string bring>bring seeing>see being>be used>use using>use',
    ],
    [
      'what ed and ing leave',
      'conflated>conflat troubled>troubl sized>size hopping>hop tanned>tan falling>fall hissing>hiss fizzed>fizz failing>fail filing>file adding>ad rolled>roll missed>miss buzzed>buzz trying>tri owed>owe aired>air obeyed>obey boxed>box snowing>snow taxing>tax making>make ating>ate abling>abl bed>bed',
    ],
    [
      'y at the end',
      'happy>happi enjoy>enjoy cry>cri by>by dry>dri obey>obey syzygy>syzygi my>my spy>spi ay>ay employ>employ day>day toy>toy',
    ],
    [
      'step 2',
      'relational>relat conditional>condit rational>ration valenci>valenc hesitanci>hesit digitizer>digit conformabli>conform radicalli>radic differentli>differ vileli>vile analogousli>analog vietnamization>vietnam predication>predic operator>oper feudalism>feudal decisiveness>decis hopefulness>hope callousness>callous formaliti>formal sensitiviti>sensit sensibiliti>sensibl hopefulli>hope geologi>geolog',
    ],
    [
      'step 2, too little before the ending',
      'ational>ation tional>tional fenci>fenci anci>anci tizer>tizer abli>abli alli>alli entli>entli feli>feli ousli>ousli ization>izat ation>ation ator>ator alism>alism iveness>ive fulness>ful ousness>ous aliti>aliti iviti>iviti biliti>biliti fulli>fulli logi>logi elogi>elog',
    ],
    [
      'step 3',
      'triplicate>triplic formative>form formalize>formal electriciti>electr electrical>electr hopeful>hope goodness>good',
    ],
    [
      'step 3, too little before the ending',
      'icate>icat native>nativ alize>aliz iciti>iciti ical>ical ful>ful ness>ness',
    ],
    [
      'step 4',
      'revival>reviv allowance>allow inference>infer airliner>airlin gyroscopic>gyroscop adjustable>adjust defensible>defens irritant>irrit replacement>replac adjustment>adjust dependent>depend adoption>adopt homologou>homolog communism>commun activate>activ angulariti>angular homologous>homolog effective>effect bowdlerize>bowdler decision>decis champion>champion',
    ],
    [
      'step 4, too little before the ending',
      'royal>royal dance>danc fence>fenc paper>paper music>music table>tabl terrible>terribl plant>plant element>element garment>garment parent>parent action>action thou>thou prism>prism create>creat uniti>uniti famous>famou apprize>appriz million>million',
    ],
    [
      'the last e and ll',
      'probate>probat rate>rate cease>ceas controll>control roll>roll late>late have>have excellence>excel see>see ace>ace parole>parol owe>owe',
    ],
    [
      'y as a vowel and as a consonant',
      'yyyyy>yyyyy yy>yy yellow>yellow say>say saying>say sayings>say played>play boyish>boyish toyed>toy yes>ye flyer>flyer',
    ],
    [
      'what only some rules tell apart',
      'arched>arch indicated>indic remarkabled>remark relatived>relativ visited>visit dyed>dy bying>by opinion>opinion companion>companion dominion>dominion abioe>abio arche>arch yard>yard yield>yield syringe>syring formalli>formal nationalli>nation',
    ],
    [
      'several endings in a row',
      'generalizations>gener oscillators>oscil nationally>nation rationalizing>ration characterization>character responsibilities>respons hopefulnesses>hope vibrationalli>vibrat',
    ],
  ])('%s', (_name, pairs) => {
    const wanted = pairs.split(' ').map((pair) => pair.split('>'));
    expect(wanted.map(([word = '']) => [word, porterStem(word)])).toEqual(wanted);
  });
});
